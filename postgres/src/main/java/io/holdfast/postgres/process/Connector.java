package io.holdfast.postgres.process;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;

/// Connects without the driver manager, which looks for drivers where the caller's classes come
/// from and not where ours do.
public final class Connector {
  private static final List<Driver> DRIVERS =
      ServiceLoader.load(Driver.class, Connector.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private Connector() {}

  public static Connection connect(String url) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "30");
    for (Driver driver : DRIVERS) {
      if (driver.acceptsURL(url)) {
        return driver.connect(url, properties);
      }
    }
    throw new SQLException("the driver of PostgreSQL is missing in this build");
  }
}
