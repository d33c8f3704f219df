/// The stock engine for one's own service. Its package `io.holdfast.stock` is the whole public API;
/// nothing else is exported, and nothing is open to reflection. Nobody is let in by name either:
/// what of this project looks inside (the contract suite, the bench) runs on the class path.
module io.holdfast.stock {
  requires transitive java.sql;
  // Annotations only: who embeds the engine needs no jar for them.
  requires static org.jspecify;

  exports io.holdfast.stock;
}
