package io.holdfast.server.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.transfer.LineReading.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a file says, line by line, and where it says nothing.
class FileLinesTest {

  private static List<String> read(ImportKind kind, FileFormat format, byte[] file)
      throws IOException, UnreadableFile {
    ImportOrder order = new ImportOrder(kind, format, false, OnError.ABORT);
    LineReading reading = new LineReading(order);
    FileLines lines = FileLines.of(format, kind, new FileText(new ByteArrayInputStream(file)));
    List<String> found = new ArrayList<>();
    FileLines.Line line = lines.next();
    while (line != null) {
      found.add(told(reading.read(line)));
      line = lines.next();
    }
    return found;
  }

  private static String told(Read read) {
    if (read.line() != null) {
      return read.line().number() + " " + read.line().json();
    }
    LineFault fault = Objects.requireNonNull(read.fault());
    return fault.line() + " " + fault.code() + " " + fault.column();
  }

  private static List<String> items(String csv) throws IOException, UnreadableFile {
    return read(ImportKind.ITEMS, FileFormat.CSV, csv.getBytes(UTF_8));
  }

  private static List<String> jsonItems(String lines) throws IOException, UnreadableFile {
    return read(ImportKind.ITEMS, FileFormat.JSONL, lines.getBytes(UTF_8));
  }

  private static String unreadable(String csv) {
    return unreadable(csv.getBytes(UTF_8));
  }

  private static String unreadable(byte[] csv) {
    return assertThrows(UnreadableFile.class, () -> read(ImportKind.ITEMS, FileFormat.CSV, csv))
        .message();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException, UnreadableFile {
    assertEquals(
        List.of("2 {\"sku\":\"A\",\"name\":\"Apple\"}"), items("\uFEFFsku,name\r\nA,Apple\r\n"));
    assertEquals(
        List.of("1 {\"sku\":\"A\",\"name\":\"B\"}"),
        jsonItems("\uFEFF{\"sku\":\"A\",\"name\":\"B\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void linesAreThoseOfTheFileAlsoWhereACellHasSeveral(String end)
      throws IOException, UnreadableFile {
    String csv =
        String.join(
            end,
            "sku,description,name",
            "A,\"one",
            "two \"\"quoted\"\"\",Apple",
            "",
            "B,,",
            "C,,Cherry");
    assertEquals(
        List.of(
            "2 {\"sku\":\"A\",\"description\":\"one\\ntwo \\\"quoted\\\"\",\"name\":\"Apple\"}",
            "5 invalid_value name",
            "6 {\"sku\":\"C\",\"description\":null,\"name\":\"Cherry\"}"),
        items(csv));
  }

  @Test
  void cellsAreOfTheTypesOfTheirColumns() throws IOException, UnreadableFile {
    assertEquals(
        List.of(
            "2 {\"sku\":\"A\",\"tracked\":false,\"price\":{\"amount\":250,\"currency\":\"EUR\"},"
                + "\"attributes\":{\"a\":\"b\"},\"archived\":true}",
            "3 {\"sku\":\"B\",\"tracked\":null,\"price\":null,\"attributes\":null,"
                + "\"archived\":null}"),
        items(
            """
            sku,tracked,price_amount,price_currency,attributes,archived
            A,false,250,EUR,"{""a"":""b""}",true
            B,,,,,
            """));
  }

  @Test
  void whatIsWrongWithALineIsSaidOfTheLine() throws IOException, UnreadableFile {
    String header = "sku,name,price_amount,price_currency,tracked,attributes,picture\n";
    assertEquals(
        List.of(
            "2 invalid_value price_amount",
            "3 invalid_value price_currency",
            "4 invalid_value price_amount",
            "5 invalid_value price_currency",
            "6 invalid_value tracked",
            "7 invalid_value attributes",
            "8 invalid_value attributes.a",
            "9 invalid_value picture",
            "10 missing_value sku",
            "11 unreadable_line null",
            "12 invalid_value name",
            "13 invalid_value price_amount",
            "14 invalid_value sku"),
        items(
            header
                + "A,x,1.5,EUR,,,\n"
                + "A,x,1,EURO,,,\n"
                + "A,x,,EUR,,,\n"
                + "A,x,1,,,,\n"
                + "A,x,,,yes,,\n"
                + "A,x,,,,{,\n"
                + "A,x,,,,\"{\"\"a\"\":1}\",\n"
                + "A,x,,,,,javascript:alert(1)\n"
                + ",x,,,,,\n"
                + "A,x\n"
                + "A,"
                + "x".repeat(201)
                + ",,,,,\n"
                + "A,x,9999999999999999999999,EUR,,,\n"
                + " A,x,,,,,\n"));
  }

  @Test
  void objectsAreReadAsStrictlyAsBodies() throws IOException, UnreadableFile {
    assertEquals(
        List.of(
            "1 unreadable_line null",
            "2 unreadable_line null",
            "3 unreadable_line sku",
            "4 unknown_column nome",
            "5 missing_value sku",
            "6 invalid_value name",
            "8 {\"sku\":\"A\",\"description\":null}"),
        jsonItems(
            """
            sku,name
            [1]
            {"sku":"A","sku":"B"}
            {"sku":"A","nome":"x"}
            {"name":"x"}
            {"sku":"A","name":7}

            {"sku":"A","description":null}
            """));
  }

  @Test
  void bytesThatAreNoCharactersAreSaidOfTheirLine() throws IOException, UnreadableFile {
    byte[] csv = "sku,name\nA,Äpfel\nB,Birne\n".getBytes(ISO_8859_1);
    assertEquals(
        List.of("2 not_utf8 name", "3 {\"sku\":\"B\",\"name\":\"Birne\"}"),
        read(ImportKind.ITEMS, FileFormat.CSV, csv));
    byte[] lines = "{\"sku\":\"Ä\"}\n{\"sku\":\"B\"}".getBytes(ISO_8859_1);
    assertEquals(
        List.of("1 not_utf8 null", "2 {\"sku\":\"B\"}"),
        read(ImportKind.ITEMS, FileFormat.JSONL, lines));
  }

  @Test
  void anotherEncodingOfAllOfItIsSaidOfTheFirstLine() {
    assertTrue(unreadable("\uFEFFsku,name\nA,B\n".getBytes(UTF_16LE)).startsWith("line 1 names"));
  }

  @Test
  void aFileWhoseHeaderSaysNothingIsNotRead() {
    assertEquals("line 1 should name the columns, and there is nothing", unreadable(""));
    assertEquals("line 1 names a column that items do not have: nome", unreadable("sku,nome\n"));
    assertEquals("line 1 names the column sku twice", unreadable("sku,sku\n"));
    assertEquals("line 1 does not name the column sku", unreadable("name\n"));
    assertEquals(
        "line 1 names one of price_amount and price_currency alone",
        unreadable("sku,price_amount\n"));
  }

  @Test
  void aFileWhoseQuotesDoNotEndIsNotRead() {
    assertEquals(
        "line 3 is no CSV: a quote does not end, or something follows it",
        unreadable("sku,name\nA,B\nC,\"D\nE,F\n"));
    assertEquals(
        "line 2 is no CSV: a quote does not end, or something follows it",
        unreadable("sku,name\nC,\"D\"x\n"));
  }

  @Test
  void noRecordFillsTheMemory() {
    String much = "x".repeat(FileText.MAX_RECORD * 2);
    assertEquals(
        "line 3 begins a record of too many characters",
        unreadable("sku,name\nA,B\nC,\"" + much + "\"\n"));
    assertThrows(UnreadableFile.class, () -> jsonItems("{\"sku\":\"" + much + "\"}"));
  }

  @Test
  void formulasThatAnExportMadeHarmlessAreWhatTheyWere() throws IOException, UnreadableFile {
    assertEquals(
        List.of(
            "2 {\"sku\":\"A\",\"name\":\"=1+1\"}",
            "3 {\"sku\":\"B\",\"name\":\"'s-Hertogenbosch\"}"),
        items("sku,name\nA,'=1+1\nB,'s-Hertogenbosch\n"));
  }

  @Test
  void whatAnExportTellsOfALevelBesideIsNotRead() throws IOException, UnreadableFile {
    assertEquals(
        List.of(
            "2 {\"sku\":\"A\",\"location\":\"main\",\"on_hand\":7,\"version\":3}",
            "3 invalid_value on_hand"),
        read(
            ImportKind.STOCK,
            FileFormat.CSV,
            "sku,location,on_hand,version,reserved,available\nA,main,7,3,2,5\nA,main,,3,2,5\n"
                .getBytes(UTF_8)));
    assertEquals(
        List.of("1 {\"sku\":\"A\",\"received\":7}", "2 invalid_value version"),
        read(
            ImportKind.STOCK,
            FileFormat.JSONL,
            """
            {"sku":"A","received":7,"available":"?"}
            {"sku":"A","received":7,"version":3}
            """
                .getBytes(UTF_8)));
  }
}
