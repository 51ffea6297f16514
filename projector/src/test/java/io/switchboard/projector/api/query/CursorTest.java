package io.switchboard.projector.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final Cursor CURSOR = new Cursor(42, 1_773_075_600_123_456L, List.of("7df52a62", "west"));

    @Test
    void comesBackAsItWas() {
        assertThat(Cursor.decode(CURSOR.encode())).contains(CURSOR);
        var bare = new Cursor(-1, 7, List.of());
        assertThat(Cursor.decode(bare.encode())).contains(bare);
        var odd = new Cursor(0, -1, List.of("ü/+ \uD83D\uDE00", ""));
        assertThat(Cursor.decode(odd.encode())).contains(odd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "AAAA", "not base64!", "AQAAAAAAAAAqAAZM2wSTQoAA", "=", "ä"})
    void nothingElseIsACursor(String text) {
        assertThat(Cursor.decode(text)).isEmpty();
    }

    @Test
    void aChangedByteIsNoticed() {
        var seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 1_000; round++) {
            var bytes = Base64.getUrlDecoder().decode(CURSOR.encode());
            bytes[random.nextInt(bytes.length)] ^= (byte) random.nextInt(1, 256);

            var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(Cursor.decode(text)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void whatNoTableCanHoldIsNoKey() {
        assertThat(Cursor.decode(new Cursor(1, Long.MAX_VALUE, List.of()).encode()))
                .isEmpty();
        assertThat(Cursor.decode(new Cursor(1, Long.MIN_VALUE, List.of()).encode()))
                .isEmpty();
        assertThat(Cursor.decode(new Cursor(1, 1, List.of("a\0b")).encode())).isEmpty();
    }

    @Test
    void listsThatDifferHaveDifferentFingerprints() {
        assertThat(Cursor.fingerprint("calls", "west", "x")).isEqualTo(Cursor.fingerprint("calls", "west", "x"));
        assertThat(Cursor.fingerprint("calls", "west", "x")).isNotEqualTo(Cursor.fingerprint("calls", null, "x"));
        assertThat(Cursor.fingerprint("a", "bc")).isNotEqualTo(Cursor.fingerprint("ab", "c"));
    }
}
