package elbow.job.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void numbersAreAlignedToTheRightAndTextToTheLeft() {
        String table = new Table("data set", "rows", "ELBO")
                .row("mnist", "10,000", "-104.25")
                .row("cardio", "1,831", "-")
                .render();

        assertThat(table).isEqualTo("""
                        data set    rows     ELBO
                        -------------------------
                        mnist     10,000  -104.25
                        cardio     1,831        -""");
    }

    @Test
    void whereTheLastColumnHasRoomItIsWrappedBesideTheOthers() {
        String table = new Table("column", "rows", "why")
                .row("a", "10", "whole numbers from 0, variance above the mean")
                .row("b", "7", "numbers")
                .render(44);

        assertThat(table).isEqualTo("""
                        column  rows  why
                        --------------------------------------------
                        a         10  whole numbers from 0, variance
                                      above the mean
                        b          7  numbers""");
    }

    @Test
    void lastColumnWrapsBelowWhenThereIsNoRoom() {
        String table = new Table("column", "type", "rows", "why")
                .row(
                        "a very long name of a column",
                        "categorical",
                        "1,000",
                        "text of 3 values, the rarer ones together")
                .render(40);

        assertThat(table).isEqualTo("""
                        column                type          rows
                        ----------------------------------------
                        a very long name of…  categorical  1,000
                            text of 3 values, the rarer ones
                            together""");
    }

    @Test
    void noLineIsEverWiderThanTheTerminal() {
        Table table = new Table("column", "type", "missing %", "distinct", "range", "likelihood", "why");
        for (int i = 1; i <= 60; i++) {
            table.row(
                    "column " + "é".repeat(i),
                    "categorical",
                    "12.5",
                    "about 1,234,567",
                    "-123456.789 .. 123456.789",
                    "negative-binomial",
                    "why ".repeat(i) + "w".repeat(3 * i));
        }
        for (int width : new int[] {40, 60, 80, 100, 120, 160}) {
            assertThat(table.render(width).lines()).allMatch(line -> line.length() <= width);
        }
    }

    @Test
    void aTableThatFitsIsAsItIs() {
        Table table = new Table("a", "b").row("1", "text");

        assertThat(table.render(80)).isEqualTo(table.render());
    }

    @Test
    void tableWithoutRowsIsItsHeader() {
        assertThat(new Table("a", "b").render()).isEqualTo("a  b\n----");
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Table("a", "b").row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row must have 2 cells, but is 1");
    }
}
