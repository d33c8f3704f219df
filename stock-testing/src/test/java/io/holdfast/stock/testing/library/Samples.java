package io.holdfast.stock.testing.library;

import io.holdfast.stock.ArchiveObserver;
import io.holdfast.stock.ArchiveSettings;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.AuditObserver;
import io.holdfast.stock.AuditSettings;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.StockCheckpoints;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFindings;
import io.holdfast.stock.StockJoiner;
import io.holdfast.stock.StockMutex;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.testing.Notes;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.security.KeyPair;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/// A valid value of every type that the public API takes. Connections and data sources throw when
/// they are touched: whatever is wrong with an argument is to be found out before.
final class Samples implements AutoCloseable {
  private final Map<Class<?>, Object> samples = new HashMap<>();
  private final StockEngine engine;

  Samples() {
    samples.put(boolean.class, true);
    samples.put(int.class, 1_000);
    samples.put(long.class, 1L);
    samples.put(Integer.class, 1);
    samples.put(Long.class, 1L);
    samples.put(String.class, "held");
    samples.put(UUID.class, new UUID(0, 1));
    samples.put(Instant.class, Instant.EPOCH);
    samples.put(Duration.class, Duration.ofSeconds(1));
    samples.put(Map.class, Map.of());
    samples.put(Optional.class, Optional.empty());
    samples.put(Throwable.class, new IllegalStateException("a cause"));
    samples.put(Connection.class, untouchable(Connection.class));
    samples.put(DataSource.class, untouchable(DataSource.class));
    samples.put(Attachment.class, new Notes.Note("sample"));
    samples.put(EngineObserver.class, EngineObserver.NONE);
    samples.put(StockMutex.class, untouchable(StockMutex.class));
    EngineSettings settings =
        EngineSettings.of(Control.ROW_LOCK).with().sweepInterval(Duration.ZERO).build();
    samples.put(EngineSettings.class, settings);
    samples.put(EngineSettings.Builder.class, settings.with());
    engine = StockEngine.open(untouchable(DataSource.class), settings);
    samples.put(StockEngine.class, engine);
    samples.put(StockReader.class, StockReader.of(untouchable(DataSource.class)));
    samples.put(StockJoiner.class, StockJoiner.of(settings));
    samples.put(StockRegister.class, StockRegister.create());
    samples.put(StockVerifier.class, StockVerifier.create());
    samples.put(StockCheckpoints.class, StockCheckpoints.create());
    samples.put(StockFindings.class, StockFindings.create());
    samples.put(ArchiveObserver.class, ArchiveObserver.NONE);
    samples.put(ArchiveSettings.class, ArchiveSettings.usual());
    samples.put(ArchiveSettings.Builder.class, ArchiveSettings.usual().with());
    samples.put(AuditObserver.class, AuditObserver.NONE);
    samples.put(AuditSettings.class, AuditSettings.usual());
    samples.put(AuditSettings.Builder.class, AuditSettings.usual().with());
    samples.put(byte[].class, new byte[0]);
    samples.put(Set.class, Set.of());
    samples.put(Iterator.class, List.of().iterator());
    samples.put(InputStream.class, InputStream.nullInputStream());
    samples.put(OutputStream.class, OutputStream.nullOutputStream());
    samples.put(KeyPair.class, new KeyPair(null, null));
  }

  @Override
  public void close() {
    engine.close();
  }

  private static <T> T untouchable(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            Samples.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> {
              throw new AssertionError(method + " is called before the arguments are checked");
            }));
  }

  Object of(Type type) {
    return switch (type) {
      case Class<?> known when samples.containsKey(known) -> samples.get(known);
      case Class<?> constants when constants.isEnum() -> constants.getEnumConstants()[0];
      case Class<?> record when record.isRecord() -> ofRecord(record);
      case Class<?> sealed when sealed.isSealed() -> of(sealed.getPermittedSubclasses()[0]);
      case ParameterizedType list when list.getRawType() == List.class ->
          ofList(list.getActualTypeArguments()[0]);
      case ParameterizedType generic -> of(generic.getRawType());
      default -> throw new AssertionError("add a sample of " + type);
    };
  }

  private List<Object> ofList(Type element) {
    boolean isOfAnything =
        element instanceof ParameterizedType generic
            && generic.getActualTypeArguments()[0] instanceof WildcardType;
    return isOfAnything ? List.of() : List.of(of(element));
  }

  private Object ofRecord(Class<?> record) {
    RecordComponent[] components = record.getRecordComponents();
    try {
      Constructor<?> constructor =
          record.getConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(
          Arrays.stream(components).map(component -> of(component.getGenericType())).toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("add a sample of " + record, e);
    }
  }
}
