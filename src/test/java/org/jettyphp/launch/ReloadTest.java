package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.config.SettingSource;
import org.junit.jupiter.api.Test;

class ReloadTest {

    @Test
    void aServerThatIsBeingStoppedTakesOnNothing() {
        List<SettingSource> sources =
                List.of(SettingSource.environment(Map.of("JETTY_PHP_FPM_DOCUMENT_ROOT", "/")), ServerSettings.OF_A_DIRECTORY);
        Served served = Served.of(sources, ServerSettings.reader()::read);
        AtomicInteger read = new AtomicInteger();
        Reload reload = new Reload(served, () -> {
            read.incrementAndGet();
            return served;
        });
        reload.now("a test");
        assertEquals(1, read.get());
        reload.end();
        reload.now("a test");
        reload.ofWhatHasChanged("a test");
        assertEquals(1, read.get());
    }
}
