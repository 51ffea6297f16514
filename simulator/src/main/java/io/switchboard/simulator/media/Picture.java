package io.switchboard.simulator.media;

import java.util.Base64;

/** What comes with a text message: the smallest picture (PNG) there is. */
public final class Picture {
    public static final String TYPE = "image/png";

    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private Picture() {}

    public static byte[] png() {
        return PNG.clone();
    }

    public static int size() {
        return PNG.length;
    }
}
