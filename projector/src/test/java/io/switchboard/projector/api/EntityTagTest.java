package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.access.Masking;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
    private static final Buffer CONTENT = Buffer.buffer("{\"data\":[]}");

    @Test
    void tellsContentsAndScopesApart() {
        var tag = EntityTag.of(Masking.PLAIN, CONTENT);

        assertThat(EntityTag.of(Masking.PLAIN, Buffer.buffer("{\"data\":[]}"))).isEqualTo(tag);
        assertThat(EntityTag.of(Masking.MASKED, CONTENT)).isNotEqualTo(tag);
        assertThat(EntityTag.of(Masking.PLAIN, Buffer.buffer("{\"data\":[1]}"))).isNotEqualTo(tag);
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "W/\"abc\"", "*", "\"x\", \"abc\"", " \"abc\" "})
    void aClientMayNameItInSeveralWays(String header) {
        assertThat(EntityTag.matches(header, "\"abc\"")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abcd\"", "abc", "", "W/"})
    void otherTagsDoNotMatch(String header) {
        assertThat(EntityTag.matches(header, "\"abc\"")).isFalse();
    }
}
