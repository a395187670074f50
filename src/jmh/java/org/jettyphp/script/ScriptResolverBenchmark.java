package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.htaccess.Asked;
import org.jettyphp.htaccess.RulesBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Finding what a URL means, in a document root three names deep, with WordPress's own {@code .htaccess} or with its fallback as a setting. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScriptResolverBenchmark {

    private static final Map<String, String> WHERE =
            Map.of("script", "/wp-login.php", "page", "/2026/11/a-title", "file", "/style.css");

    /** Who says where a page leads. */
    @Param({"htaccess", "fallback"})
    public String rules;

    /** A script, a pretty URL, a plain file. */
    @Param({"script", "page", "file"})
    public String asked;

    private Path root;
    private ScriptResolver resolver;
    private String url;
    private Asked facts;

    @Setup
    public void plant() throws IOException {
        root = Files.createTempDirectory("bench").toRealPath();
        for (String name : List.of("index.php", "wp-login.php", "style.css")) {
            Files.writeString(root.resolve(name), name);
        }
        boolean htaccess = rules.equals("htaccess");
        if (htaccess) {
            RulesBenchmark.plant(root);
        }
        FileSettings files = new SettingsReader(List.of(FileSettings.class))
                .read(List.of(new SettingSource(SettingSource.Kind.FILE, "benchmark", Map.of("htaccess", "" + htaccess)))).get(FileSettings.class);
        resolver = new ScriptResolver(
                new ScriptSettings(root, null, List.of("php"), true, List.of("index.php"), htaccess ? null : "/index.php", null), files);
        url = WHERE.get(asked);
        facts = Asked.get(url);
    }

    @TearDown
    public void remove() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Benchmark
    public Resolution resolve() {
        return resolver.resolve(url, null, facts);
    }
}
