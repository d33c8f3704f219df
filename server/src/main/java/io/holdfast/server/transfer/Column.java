package io.holdfast.server.transfer;

/// A column of a CSV file.
///
/// @param name as it stands in the header
/// @param member of the line's object, with a dot before one of an object in it
record Column(String name, String member, Type type) {
  /// What a cell holds.
  enum Type {
    TEXT,
    WHOLE,
    FLAG,
    /// JSON, as it would stand in a line of it.
    TREE,
    /// Told by an export, and of no meaning for an import.
    TOLD
  }

  /// The member that the line's object has itself: this one, or the one that it is in.
  String outerMember() {
    int dot = member.indexOf('.');
    return dot < 0 ? member : member.substring(0, dot);
  }

  static Column text(String name) {
    return new Column(name, name, Type.TEXT);
  }

  static Column of(String name, Type type) {
    return new Column(name, name, type);
  }
}
