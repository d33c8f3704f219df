package io.holdfast.server.request;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;

/// Puts a [Pace] in front of each connection. The framework gives nobody a connection before a
/// whole head has come, and a sender that never ends its head is the cheapest of the slow ones;
/// Netty asks this class, which it finds as a service.
public final class PacedConnections extends ChannelInitializerExtension {

  /// Before the first class of Netty is loaded.
  public static void install() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  @Override
  public void postInitializeServerChildChannel(Channel connection) {
    Pace pace = new Pace(System::nanoTime);
    connection.attr(Pace.OF_CONNECTION).set(pace);
    connection.pipeline().addFirst("pace", pace);
  }
}
