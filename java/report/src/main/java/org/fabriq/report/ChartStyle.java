// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How all charts look. Colours are Okabe and Ito's, told apart by colour-blind readers too. */
final class ChartStyle {
  private static final Color INK = new Color(0x22, 0x2b, 0x36);
  private static final Color LINES = new Color(0xdd, 0xe2, 0xe8);
  private static final int FONT = 13;
  private static final int LEAST_BAR_SPACING = 20;

  private static final Color[] COLORS = {
    new Color(0x00, 0x72, 0xb2),
    new Color(0xe6, 0x9f, 0x00),
    new Color(0x00, 0x9e, 0x73),
    new Color(0xcc, 0x79, 0xa7),
    new Color(0x56, 0xb4, 0xe9),
    new Color(0xd5, 0x5e, 0x00),
    new Color(0x6f, 0x6f, 0x6f),
    new Color(0xf0, 0xe4, 0x42)
  };

  private ChartStyle() {}

  static CategoryChart bars(Figure.Size size, String yAxis) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(size.width())
            .height(size.height())
            .yAxisTitle(yAxis)
            .build();
    apply(chart.getStyler(), size);
    chart.getStyler().setAvailableSpaceFill(0.8);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setXAxisTickMarkSpacingHint(LEAST_BAR_SPACING);
    return chart;
  }

  static XYChart lines(Figure.Size size, String xAxis, String yAxis) {
    XYChart chart =
        new XYChartBuilder()
            .width(size.width())
            .height(size.height())
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    apply(chart.getStyler(), size);
    chart.getStyler().setMarkerSize(6);
    return chart;
  }

  private static void apply(AxesChartStyler styler, Figure.Size size) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT);
    styler.setBaseFont(font);
    styler.setAxisTickLabelsFont(font);
    styler.setAxisTitleFont(font);
    styler.setLegendFont(font);
    styler.setChartTitleVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(LINES);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setChartFontColor(INK);
    styler.setAxisTickLabelsColor(INK);
    styler.setAxisTickMarksColor(LINES);
    styler.setLegendPosition(
        size == Figure.Size.WIDE ? LegendPosition.OutsideE : LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Vertical);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendPadding(8);
    styler.setSeriesColors(COLORS);
  }
}
