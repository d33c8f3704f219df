package io.holdfast.proof.shop;

import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Wish;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A wish as Holdfast's own interface has it: by its own route, or as one command of several.
final class V1Form {

  private static final String COMMAND = "command";

  private V1Form() {}

  static String path(Wish wish) {
    return switch (wish) {
      case Wish.Reserve _ -> "/v1/reservations";
      case Wish.Purchase _ -> "/v1/purchases";
      case Wish.Change(String id, _, _) -> reservation(id, "");
      case Wish.Extend(String id, _) -> reservation(id, "/extend");
      case Wish.Commit(String id, _) -> reservation(id, "/commit");
      case Wish.Release(String id) -> reservation(id, "/release");
      case Wish.Return(String id, _) -> reservation(id, "/returns");
      case Wish.Transfer transfer -> item(transfer.sku(), "/transfers");
      case Wish.Receive receive -> item(receive.sku(), "/receipts");
      case Wish.Count count -> item(count.sku(), "/counts");
      case Wish.Together _ -> "/v1/stock/commands";
      case Wish.Read(String sku) -> item(sku, "/stock");
    };
  }

  private static String reservation(String id, String verb) {
    return "/v1/reservations/" + id + verb;
  }

  private static String item(String sku, String verb) {
    String encoded = URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");
    return "/v1/items/" + encoded + verb;
  }

  /// The body that its own route reads; empty where that needs none.
  static String body(Wish wish) {
    Map<String, Object> members = members(wish);
    return members.isEmpty() ? "" : Json.write(members);
  }

  private static Map<String, Object> members(Wish wish) {
    Map<String, Object> members = new LinkedHashMap<>();
    switch (wish) {
      case Wish.Reserve reserve -> {
        members.put("lines", reserve.lines());
        members.put("ttl_seconds", reserve.ttlSeconds());
        members.put("customer", reserve.customer());
        if (reserve.isPartial()) {
          members.put("partial", true);
        }
        if (reserve.replaces() != null) {
          members.put("replaces", reserve.replaces());
        }
      }
      case Wish.Purchase(List<Line> lines, String customer) -> {
        members.put("lines", lines);
        members.put("customer", customer);
      }
      case Wish.Extend(_, int ttlSeconds) -> members.put("ttl_seconds", ttlSeconds);
      case Wish.Change(_, List<Line> lines, _) -> members.put("lines", lines);
      case Wish.Commit(_, List<Line> lines) -> putAny(members, lines);
      case Wish.Return(_, List<Line> lines) -> putAny(members, lines);
      case Wish.Transfer transfer -> {
        members.put("from", transfer.from());
        members.put("to", transfer.to());
        members.put("quantity", transfer.quantity());
      }
      case Wish.Receive(_, String location, long quantity) -> {
        members.put("quantity", quantity);
        members.put("location", location);
      }
      case Wish.Count count -> {
        members.put("on_hand", count.onHand());
        members.put("version", count.version());
        members.put("location", count.location());
      }
      case Wish.Together(List<Wish> wishes) -> {
        members.put("atomic", true);
        members.putAll(commands(wishes));
      }
      case Wish.Release _, Wish.Read _ -> {}
    }
    return members;
  }

  private static void putAny(Map<String, Object> members, List<Line> lines) {
    if (!lines.isEmpty()) {
      members.put("lines", lines);
    }
  }

  /// The wishes in one body.
  static Map<String, Object> commands(List<Wish> wishes) {
    return Map.of("commands", wishes.stream().map(V1Form::command).toList());
  }

  private static Map<String, Object> command(Wish wish) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(COMMAND, wish.action().word());
    if (wish.reservation() != null) {
      members.put("id", wish.reservation());
    }
    if (wish instanceof Wish.Change(_, _, Long version) && version != null) {
      members.put("version", version);
    }
    if (wish instanceof Wish.Receive
        || wish instanceof Wish.Transfer
        || wish instanceof Wish.Count) {
      members.put("sku", wish.lines().getFirst().sku());
    }
    members.putAll(members(wish));
    return members;
  }
}
