package io.holdfast.server.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// One JSON object a line.
record Results(PrintStream out) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  void print(String measure, String control, Point point, Map<String, ?> members) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("measure", measure);
    line.put("control", control);
    line.put("items", point.items());
    line.put("callers", point.callers());
    line.put("lines", point.lines());
    line.put("nodes", 1);
    line.put("multi_line_percent", point.multiLinePercent());
    line.putAll(members);
    print(line);
  }

  void print(Map<String, ?> line) {
    try {
      out.println(MAPPER.writeValueAsString(line));
      out.flush();
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("not writable as JSON", impossible);
    }
  }
}
