package io.holdfast.proof.bench.report;

import io.holdfast.proof.bench.result.BenchTable;
import io.holdfast.proof.bench.result.Finding;
import io.holdfast.proof.bench.result.Findings;
import io.holdfast.proof.bench.result.Measures;
import java.util.List;
import java.util.Map;

/// The page beside the pictures. It asks for nothing else, so it can be opened from a folder.
final class Page {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1b1f24; --quiet: #59636e; --paper: #ffffff;
        --card: #f6f8fa; --rule: #d1d9e0; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9aa5b1;
        --paper: #0d1117; --card: #161b22; --rule: #3d444d; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; color: var(--ink);
        background: var(--paper); font: 1rem/1.55 system-ui, sans-serif; }
      h1 { font-size: 1.7rem; margin: 0 0 .3rem; }
      h2 { font-size: 1.25rem; margin: 2.5rem 0 .6rem; }
      p, li { max-width: 46rem; }
      .quiet { color: var(--quiet); }
      figure { margin: 0; padding: .5rem; background: #ffffff; border: 1px solid var(--rule);
        border-radius: .5rem; }
      figure img { display: block; width: 100%; height: auto; }
      .files { font-size: .9rem; }
      a { color: inherit; }
      pre { padding: .8rem; background: var(--card); border: 1px solid var(--rule);
        border-radius: .5rem; overflow-x: auto; }
      .wide { overflow-x: auto; border: 1px solid var(--rule); border-radius: .5rem; }
      table { border-collapse: collapse; width: 100%; font-size: .9rem;
        font-variant-numeric: tabular-nums; }
      th, td { padding: .3rem .7rem; text-align: right; white-space: nowrap;
        border-bottom: 1px solid var(--rule); }
      th { background: var(--card); }
      .text, dt { text-align: left; }
      tr:last-child td { border-bottom: 0; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
      dt { color: var(--quiet); }
      dd { margin: 0; overflow-wrap: anywhere; }
      """;

  private final StringBuilder html = new StringBuilder();

  private Page() {}

  /// @param drawn the curves that there are pictures of
  /// @param machine what it was measured on, as the bench describes it
  static String of(
      Measures measures, List<Curve> drawn, Map<String, Object> machine, String command) {
    Page page = new Page();
    page.head();
    page.findings(Findings.of(measures));
    page.curves(Curve.of(measures), drawn);
    page.retries(measures);
    page.table(measures);
    page.machine(machine);
    page.command(command);
    page.html.append("</main>\n</body>\n</html>\n");
    return page.html.toString();
  }

  private void head() {
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>Holdfast: what was measured</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n<h1>Holdfast: what was measured</h1>\n")
        .append("<p class=\"quiet\">Everything ran on one machine in one run: PostgreSQL, the")
        .append(" engine and the load. Other machines give other numbers; the ratios are what to")
        .append(" look at. Each number is of one measure of some seconds.</p>\n");
  }

  private void findings(List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    html.append("<h2>The ratios</h2>\n<div class=\"wide\" tabindex=\"0\">\n<table>\n<tr>");
    html.append("<th class=\"text\">what</th><th class=\"text\">under</th><th>value</th></tr>\n");
    for (Finding each : findings) {
      html.append("<tr><td class=\"text\">").append(text(each.finding()));
      html.append("</td><td class=\"text\">").append(text(each.under()));
      html.append("</td><td>").append(text(each.shown())).append("</td></tr>\n");
    }
    html.append("</table>\n</div>\n");
  }

  private void curves(List<Curve> curves, List<Curve> drawn) {
    for (Curve curve : curves) {
      html.append("<h2>").append(text(curve.title())).append("</h2>\n");
      if (drawn.contains(curve)) {
        html.append(
            "<figure><img src=\"%s.svg\" alt=\"%s\"></figure>\n"
                .formatted(curve.file(), text(curve.title() + ", said in words below")));
        html.append(
            "<p class=\"quiet files\">As <a href=\"%1$s.svg\">SVG</a>, as".formatted(curve.file()));
        html.append(" <a href=\"%s.png\">PNG</a></p>\n".formatted(curve.file()));
      }
      list(Prose.of(curve));
    }
  }

  private void retries(Measures measures) {
    List<String> sentences = Prose.retries(measures);
    if (!sentences.isEmpty()) {
      html.append("<h2>Done again, and waited for</h2>\n");
      list(sentences);
    }
  }

  private void list(List<String> sentences) {
    html.append("<ul>\n");
    sentences.forEach(each -> html.append("<li>").append(text(each)).append("</li>\n"));
    html.append("</ul>\n");
  }

  private void table(Measures measures) {
    html.append("<h2>Everything measured</h2>\n<div class=\"wide\" tabindex=\"0\">\n<table>\n");
    List<List<String>> rows = BenchTable.rows(measures);
    row("th", rows.getFirst());
    rows.stream().skip(1).forEach(cells -> row("td", cells));
    html.append("</table>\n</div>\n");
  }

  private void row(String tag, List<String> cells) {
    html.append("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      html.append("<").append(tag).append(i < 2 ? " class=\"text\">" : ">");
      html.append(text(cells.get(i))).append("</").append(tag).append(">");
    }
    html.append("</tr>\n");
  }

  private void machine(Map<String, Object> machine) {
    html.append("<h2>Measured on</h2>\n<dl>\n");
    members("", machine);
    html.append("</dl>\n");
  }

  private void members(String before, Map<?, ?> members) {
    members.forEach(
        (name, value) -> {
          String whole = before + String.valueOf(name).replace('_', ' ');
          if (value instanceof Map<?, ?> inner) {
            members(whole + ": ", inner);
          } else {
            html.append("<dt>").append(text(whole)).append("</dt><dd>");
            html.append(text(String.valueOf(value))).append("</dd>\n");
          }
        });
  }

  private void command(String command) {
    html.append("<h2>Measure it yourself</h2>\n<pre>").append(text(command)).append("</pre>\n");
  }

  private static String text(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
