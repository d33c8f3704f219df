package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The prover's own calls: to stock a shop before a run and to look at it afterwards. Patient.
public final class Desk implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final int GONE = 404;
  private static final long PAUSE_NANOS = 100_000_000;

  private final List<Endpoint> endpoints;
  private final String credential;
  private int next;
  private @Nullable Connection connection;

  public Desk(Target target) {
    this.endpoints = target.endpoints();
    this.credential = target.credential();
  }

  public Response get(String path) throws IOException {
    return send(request("GET", path, "", ""));
  }

  /// @param key one that is used for this alone: the call may be sent more than once
  public Response post(String path, String key, String body) throws IOException {
    return send(request("POST", path, key, body));
  }

  /// What there is at an address.
  JsonNode found(String path) throws IOException {
    return expect(200, get(path));
  }

  /// The body of an answer that has to be that one.
  static JsonNode expect(int status, Response response) throws IOException {
    if (response.status() != status) {
      throw new IOException(
          "the shop could not be asked: " + response.status() + " " + response.body());
    }
    return Json.read(response.body());
  }

  /// The call may be sent more than once.
  Response put(String path, String body) throws IOException {
    return send(request("PUT", path, "", body));
  }

  /// The call may be sent more than once: what is gone already is as good.
  void delete(String path) throws IOException {
    Response response = send(request("DELETE", path, "", ""));
    if (response.status() >= 300 && response.status() != GONE) {
      throw new IOException(path + " could not be deleted: " + response.status());
    }
  }

  /// Sends until there is an answer other than "busy".
  Response send(Request request) throws IOException {
    long giveUp = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        if (connection == null) {
          connection = Connection.open(endpoints.get(next), TIMEOUT_MILLIS);
        }
        Response response = connection.exchange(request);
        if (response.status() < 500 || System.nanoTime() > giveUp) {
          return response;
        }
      } catch (IOException lost) {
        close();
        next = (next + 1) % endpoints.size();
        if (System.nanoTime() > giveUp) {
          throw lost;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private Request request(String method, String path, String key, String body) {
    return Request.of(method, path, credential, key, body);
  }
}
