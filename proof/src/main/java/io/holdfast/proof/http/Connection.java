package io.holdfast.proof.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One kept-alive connection of one caller. Not for several threads.
///
/// A pooling client would decide by itself when to connect and when to send again; here a caller is
/// connected before the start signal, and nothing is ever sent twice unless the caller does it.
public final class Connection implements AutoCloseable {

  private final Endpoint endpoint;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private Connection(Endpoint endpoint, Socket socket) throws IOException {
    this.endpoint = endpoint;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 4_096);
    this.out = socket.getOutputStream();
  }

  public static Connection open(Endpoint endpoint, int timeoutMillis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      return new Connection(endpoint, endpoint.tls() ? secured(endpoint, socket) : socket);
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private static Socket secured(Endpoint endpoint, Socket plain) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket =
        (SSLSocket) factory.createSocket(plain, endpoint.host(), endpoint.port(), true);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  public Response exchange(Request request) throws IOException {
    out.write(request.encode(endpoint));
    out.flush();
    return Message.read(in).toResponse();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException ignored) {
      // A socket that fails to close is of no more use either way.
    }
  }
}
