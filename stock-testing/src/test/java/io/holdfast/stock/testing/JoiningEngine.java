package io.holdfast.stock.testing;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockJoiner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/// Callers who each join a transaction of their own, as if they were an engine. A real one stands
/// by, for what is due.
final class JoiningEngine implements StockEngine {
  private static final int CALLERS = 8;

  private final DataSource database;
  private final StockJoiner joiner;
  private final StockEngine sweeping;
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  JoiningEngine(DataSource database, EngineSettings settings) {
    this.database = database;
    this.joiner = StockJoiner.of(settings);
    this.sweeping = StockEngine.open(database, settings);
  }

  @Override
  public CompletionStage<Answer> submit(Command command, Call call) {
    return CompletableFuture.supplyAsync(() -> decide(command, call), callers);
  }

  private Answer decide(Command command, Call call) {
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      Answer answer = joiner.decide(transaction, command, call);
      transaction.commit();
      return answer;
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void close() {
    callers.close();
    sweeping.close();
  }
}
