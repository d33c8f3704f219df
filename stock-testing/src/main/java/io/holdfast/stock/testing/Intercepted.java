package io.holdfast.stock.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/// A data source with a test between the engine and each of its connections.
public final class Intercepted {
  private Intercepted() {}

  /// Stands in for a connection's method.
  @FunctionalInterface
  public interface Around {
    Object call(Connection connection, String method, Call call) throws Throwable;
  }

  /// The call as it was made; what it returns may be null.
  @FunctionalInterface
  public interface Call {
    Object proceed() throws Throwable;
  }

  public static DataSource connections(DataSource database, Around around) {
    return (DataSource)
        Proxy.newProxyInstance(
            Intercepted.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, arguments) -> {
              Object result = invoke(database, method, arguments);
              return result instanceof Connection connection ? around(connection, around) : result;
            });
  }

  private static Connection around(Connection connection, Around around) {
    return (Connection)
        Proxy.newProxyInstance(
            Intercepted.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) ->
                around.call(
                    connection, method.getName(), () -> invoke(connection, method, arguments)));
  }

  @SuppressWarnings("NullAway")
  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
