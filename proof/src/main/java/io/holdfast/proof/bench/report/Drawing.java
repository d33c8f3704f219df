package io.holdfast.proof.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A curve as a picture. Each control has a colour, a marker and a kind of line of its own, so that
/// they can be told apart without the colours.
final class Drawing {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;
  private static final int DPI = 160;
  private static final String SANS = "SansSerif";

  /// The colours of Okabe and Ito, which the colour-blind can tell apart as well.
  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          new Color(0xE69F00),
          new Color(0x000000));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS,
          SeriesMarkers.PLUS);

  private static final List<float[]> DASHES =
      List.of(
          new float[] {1, 0},
          new float[] {9, 4},
          new float[] {2, 4},
          new float[] {9, 4, 2, 4},
          new float[] {16, 4},
          new float[] {4, 3},
          new float[] {16, 4, 2, 4, 2, 4});

  private static final float LINE_WIDTH = 2.2f;
  private static final Color GRID = new Color(0xDDDDDD);
  private static final Color INK = new Color(0x222222);

  private Drawing() {}

  /// Writes both pictures of a curve into the folder.
  static void write(Curve curve, Path folder) throws IOException {
    XYChart chart = chart(curve);
    String file = folder.resolve(curve.file()).toString();
    BitmapEncoder.saveBitmapWithDPI(chart, file + ".png", BitmapFormat.PNG, DPI);
    Files.write(Path.of(file + ".svg"), ChartEncoder.getBytes(chart, "svg"));
  }

  private static XYChart chart(Curve curve) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(curve.title())
            .xAxisTitle(curve.xTitle())
            .yAxisTitle(curve.yTitle())
            .build();
    style(chart.getStyler());
    axes(chart.getStyler(), curve);
    for (int i = 0; i < curve.series().size(); i++) {
      Curve.Series line = curve.series().get(i);
      XYSeries series =
          chart.addSeries(
              line.name(),
              line.points().stream().mapToDouble(Curve.Point::x).toArray(),
              line.points().stream().mapToDouble(Curve.Point::y).toArray());
      Color color = COLORS.get(i % COLORS.size());
      series.setLineColor(color);
      series.setMarkerColor(color);
      series.setMarker(MARKERS.get(i % MARKERS.size()));
      series.setLineStyle(
          new BasicStroke(
              LINE_WIDTH,
              BasicStroke.CAP_BUTT,
              BasicStroke.JOIN_ROUND,
              1,
              DASHES.get(i % DASHES.size()),
              0));
    }
    return chart;
  }

  private static void style(XYStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setChartFontColor(INK);
    styler.setAxisTickLabelsColor(INK);
    styler.setChartTitleFont(new Font(SANS, Font.BOLD, 18));
    styler.setAxisTitleFont(new Font(SANS, Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(new Font(SANS, Font.PLAIN, 13));
    styler.setLegendFont(new Font(SANS, Font.PLAIN, 14));
    styler.setChartTitleBoxVisible(false);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendSeriesLineLength(44);
    styler.setMarkerSize(10);
    styler.setChartPadding(14);
  }

  private static void axes(XYStyler styler, Curve curve) {
    List<Curve.Point> points =
        curve.series().stream().flatMap(line -> line.points().stream()).toList();
    double lowest = points.stream().mapToDouble(Curve.Point::y).min().orElse(1);
    double highest = points.stream().mapToDouble(Curve.Point::y).max().orElse(10);
    styler.setYAxisLogarithmic(true);
    styler.setYAxisMin(Math.pow(10, Math.floor(Math.log10(lowest))));
    styler.setYAxisMax(Math.pow(10, Math.ceil(Math.log10(highest))));
    styler.setYAxisTickLabelsFormattingFunction(Drawing::number);
    styler.setXAxisTickLabelsFormattingFunction(Drawing::number);
    styler.setXAxisLogarithmic(curve.isXLogarithmic());
    if (curve.isXLogarithmic()) {
      styler.setXAxisMin(1.0);
      double widest = points.stream().mapToDouble(Curve.Point::x).max().orElse(10);
      styler.setXAxisMax(Math.pow(10, Math.ceil(Math.log10(widest))));
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value > 0 && value < 1 ? "%.2g" : "%,.0f", value);
  }
}
