package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jetty hands the module the properties that its XML asks for, and no others. */
class JettyModuleTest {

    @TempDir Path base;

    @BeforeEach
    void aBaseWithAnApplication() throws Exception {
        Files.createDirectories(base.resolve("app"));
        Files.createDirectories(base.resolve("start.d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"php.maxConections=3", "  php.maxConections ?= 3", "php.maxConections+=,3"})
    void aMisspeltSettingOfItsIniIsRefusedWithTheOneThatWasMeant(String line) throws Exception {
        String refusal = refusal(line);
        assertTrue(refusal.contains("maxConections") && refusal.contains("did you mean maxConnections?"), refusal);
    }

    @Test
    void aSettingThatTheModuleHasNotIsRefused() throws Exception {
        String refusal = refusal("php.port=8081");
        assertTrue(refusal.contains("php.port is no setting of the module's"), refusal);
    }

    @Test
    void anEntryOfAGroupIsRefusedWithItsSpelling() throws Exception {
        String refusal = refusal("php.ini.memory_limit=1g");
        assertTrue(refusal.contains("php.ini.memory_limit is written php.ini=NAME=value"), refusal);
    }

    @Test
    void aMisspeltSettingOnStartJarsCommandLineIsRefused() throws Exception {
        String refusal = refusal("", "/opt/jetty/start.jar jetty.http.port=8081 php.maxConections=8 php.target=/a /b --exec");
        assertTrue(refusal.contains("maxConections") && refusal.contains("did you mean maxConnections?"), refusal);
    }

    @Test
    void soIsOneThatAStartJarWithAJvmOfItsOwnHandsOnInAFile() throws Exception {
        Path file = Files.writeString(base.resolve("start_1.properties"), "php.maxConections=8\nphp.ini=\njetty.base=/b\n");
        String refusal = refusal("", "org.eclipse.jetty.xml.XmlConfiguration " + file + " /opt/jetty/etc/jetty.xml");
        assertTrue(refusal.contains("maxConections") && refusal.contains("did you mean maxConnections?"), refusal);
    }

    private String refusal(String line) throws Exception {
        return refusal(line, "");
    }

    private String refusal(String line, String command) throws Exception {
        Files.writeString(base.resolve("start.d/php-fpm.ini"), "--modules=php-fpm\n# php.maxConectons=1\n" + line + "\n");
        Map<String, String> properties = new HashMap<>(Map.of("documentRoot", "app", "target", "/none.sock"));
        properties.put("ini", null);
        return assertThrows(RuntimeException.class, () -> JettyModule.addTo(new Server(), base.toString(), properties, command)).toString();
    }
}
