package io.switchboard.simulator.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** A sound file: a tone of its own for each call, WAV (RIFF, PCM), 8 kHz, 8 bits, mono. */
public final class Tone {
    static final int HEADER = 44;
    static final int RATE = 8_000;
    private static final int SILENCE = 128;
    private static final int LOUDNESS = 50;

    private Tone() {}

    /** The file of a call; {@code length} of sound. */
    public static byte[] wav(UUID call, Duration length) {
        var samples = Math.toIntExact(length.toMillis() * RATE / 1000);
        var padding = samples % 2; // chunks of a RIFF file have even lengths
        var file = ByteBuffer.allocate(HEADER + samples + padding).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(HEADER - 8 + samples + padding).put(ascii("WAVE"));
        file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        file.putInt(RATE).putInt(RATE).putShort((short) 1).putShort((short) 8);
        file.put(ascii("data")).putInt(samples);
        var period = period(call);
        for (int i = 0; i < samples; i++) {
            file.put(period[i % period.length]);
        }
        return file.array();
    }

    /** One wave of a tone from 250 to 500 Hz. */
    private static byte[] period(UUID call) {
        var wave = new byte[16 + Math.floorMod(call.hashCode(), 17)];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = (byte) (SILENCE + Math.round(LOUDNESS * Math.sin(2 * Math.PI * i / wave.length)));
        }
        return wave;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
