package io.switchboard.poller.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.mightycall.RecordingUri;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingHostsTest {
    private static final RecordingHosts HOSTS = new RecordingHosts(Origin.of(URI.create("http://127.0.0.1:8088/v4")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://panel.mightycall.com/Mightycall/Files/a.wav?recordid=x",
                "https://mightycall.com/a",
                "HTTPS://Panel.MightyCall.COM/a",
                "https://panel.mightycall.com:443/a",
                "https://eu.api.mightycall.com/a b.wav",
                "https:/panel.mightycall.com/a",
                "http://127.0.0.1:8088/Mightycall/Files/a.wav",
                "http:/127.0.0.1:8088/a"
            })
    void theProviderAndTheAccountsOwnHostAreAllowed(String link) {
        assertThat(isAllowed(link)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://panel.mightycall.com/a",
                "https://panel.mightycall.com:8443/a",
                "https://panel.mightycall.com:80/a",
                "https://mightycall.com.evil.example/a",
                "https://evilmightycall.com/a",
                "https://mightycall.com./a",
                "https://panel.mightycall.com%2eevil.example/a",
                "https://mightycall.com@evil.example/a",
                "https://evil.example@panel.mightycall.com/a",
                "https://user:word@panel.mightycall.com/a",
                "https://evil.example\\@panel.mightycall.com/a",
                "https://evil.example#@panel.mightycall.com/a",
                "https://evil.example?.mightycall.com/a",
                "https://evil.example/panel.mightycall.com",
                "https://panel.mightycall.com\u3002evil.example/a",
                "https://pänel.mightycall.com/a",
                "https://mightycall.com\u0000.evil.example/a",
                "https://127.0.0.1/a",
                "https://127.0.0.1:8088/a",
                "http://127.0.0.1/a",
                "http://127.0.0.1:8089/a",
                "http://127.1:8088/a",
                "http://2130706433:8088/a",
                "http://0x7f000001:8088/a",
                "http://localhost:8088/a",
                "http://[::1]:8088/a",
                "http://[::ffff:127.0.0.1]:8088/a",
                "http://127.0.0.1:8088@evil.example/a",
                "http://169.254.169.254/latest/meta-data",
                "ftp://panel.mightycall.com/a",
                "file:///etc/passwd",
                "//panel.mightycall.com/a",
                "https:panel.mightycall.com/a",
                "https:///panel.mightycall.com/a",
                "javascript:alert(1)",
                "records/x/7df52a62.wav",
                ""
            })
    void everythingElseIsNot(String link) {
        assertThat(isAllowed(link)).isFalse();
    }

    private static boolean isAllowed(String link) {
        var repaired = RecordingUri.repaired(link);
        return repaired != null && HOSTS.allowed(repaired) != null;
    }
}
