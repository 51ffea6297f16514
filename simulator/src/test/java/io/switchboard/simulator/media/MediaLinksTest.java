package io.switchboard.simulator.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.runtime.SettingsReader;
import io.switchboard.simulator.media.MediaLinks.Target;
import io.switchboard.simulator.switches.Switches;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaLinksTest {
    private static final Instant NOW = Instant.parse("2026-03-09T14:12:10.514Z");
    private static final UUID CALL = UUID.fromString("7df52a62-1002-48cd-9ae4-7dec82030002");

    @Test
    void aLinkLooksLikeTheProvidersAndLeadsToTheCall() {
        var links = links("0");

        var link = links.call(CALL, NOW, "Priya Nair", NOW);

        assertThat(link)
                .startsWith("http://sim/Mightycall/Files/callrecord_20260309_1412_Priya Nair.wav?recordid=")
                .contains("&id=");
        assertThat(links.target(opaque(link), NOW.plus(Duration.ofDays(400)))).hasValue(new Target.Live(CALL));
        assertThat(links.call(CALL, NOW, "Priya Nair", NOW.plusSeconds(999))).isEqualTo(link);
    }

    @Test
    void spacesMayBeAvoided() {
        var reader = SettingsReader.of(Map.of("SIMULATOR_MEDIA_SPACES", "off"));
        var settings = MediaSettings.read(new Switches(reader), MediaSettings.STANDARD);

        assertThat(new MediaLinks("http://sim", settings).call(CALL, NOW, "Priya Nair", NOW))
                .contains("_Priya_Nair.wav?");
    }

    @Test
    void aLinkThatExpiresIsReplacedInTime() {
        var links = links("60");
        var link = links.voicemail(CALL, NOW);

        assertThat(links.target(opaque(link), NOW.plusSeconds(29))).hasValue(new Target.Live(CALL));
        assertThat(links.target(opaque(link), NOW.plusSeconds(60))).hasValue(new Target.Expired());
        var fresh = links.voicemail(CALL, NOW.plusSeconds(60));
        assertThat(links.target(opaque(fresh), NOW.plusSeconds(60))).hasValue(new Target.Live(CALL));
    }

    @Test
    void aLinkThatWasNotMadeHereLeadsNowhere() {
        var links = links("0");
        var link = opaque(links.voicemail(CALL, NOW));

        assertThat(links.target("", NOW)).isEmpty();
        assertThat(links.target("%%%", NOW)).isEmpty();
        assertThat(links.target("B" + link.substring(1), NOW)).isEmpty();
    }

    @Test
    void aFileIsAWellFormedSoundOfTheLengthAskedFor() {
        var file = Tone.wav(CALL, Duration.ofMillis(1_500));

        assertThat(file).hasSize(44 + 12_000);
        assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(new String(file, 8, 8, StandardCharsets.US_ASCII)).isEqualTo("WAVEfmt ");
        assertThat(file).isEqualTo(Tone.wav(CALL, Duration.ofMillis(1_500)));
        assertThat(file).isNotEqualTo(Tone.wav(new UUID(1, 2), Duration.ofMillis(1_500)));
    }

    @ParameterizedTest
    @CsvSource({
        ", Whole[]",
        "bytes=0-9, 'Part[first=0, last=9]'",
        "bytes=90-, 'Part[first=90, last=99]'",
        "bytes=-10, 'Part[first=90, last=99]'",
        "bytes=-1000, 'Part[first=0, last=99]'",
        "bytes=50-1000, 'Part[first=50, last=99]'",
        "bytes=100-, Unsatisfiable[]",
        "bytes=-0, Unsatisfiable[]",
        "bytes=9-3, Whole[]",
        "bytes=-, Whole[]",
        "'bytes=0-1,5-6', Whole[]",
        "lines=1-2, Whole[]"
    })
    void rangesAreReadAsTheStandardSays(String header, String expected) {
        assertThat(ByteRange.of(header, 100)).hasToString(expected);
    }

    private static MediaLinks links(String seconds) {
        var reader = SettingsReader.of(Map.of("SIMULATOR_MEDIA_LINK_SECONDS", seconds));
        return new MediaLinks("http://sim", MediaSettings.read(new Switches(reader), MediaSettings.STANDARD));
    }

    private static String opaque(String link) {
        return link.replaceAll(".*recordid=([^&]+).*", "$1");
    }
}
