package io.switchboard.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void readsEveryPart() {
        assertThat(DatabaseUrl.parse("postgresql://me:p%40ss+word@db.example:5433/calls"))
                .isEqualTo(new DatabaseUrl("db.example", 5433, "calls", "me", "p@ss+word"));
    }

    @Test
    void portAndPasswordMayBeMissing() {
        assertThat(DatabaseUrl.parse("postgresql://me@db.example/calls"))
                .isEqualTo(new DatabaseUrl("db.example", 5432, "calls", "me", ""));
    }

    @Test
    void neverShowsThePassword() {
        assertThat(DatabaseUrl.parse("postgresql://me:hunter2@db.example/calls").toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "mysql://me:hunter2@h/d",
                "postgresql://h/d",
                "postgresql://me:hunter2@h",
                "postgresql://me:hunter2@h/",
                "postgresql://me:hunter2@h/d?sslmode=x",
                "postgresql://me:hunter2@h h/d"
            })
    void refusesOtherFormsWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }
}
