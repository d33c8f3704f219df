package io.holdfast.stock.testing;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.StockEngine;
import javax.sql.DataSource;

class JoinedOwnReservationsTest extends OwnReservationsContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  @Override
  protected StockEngine engineOn(DataSource dataSource, EngineSettings settings) {
    return new JoiningEngine(dataSource, settings);
  }
}
