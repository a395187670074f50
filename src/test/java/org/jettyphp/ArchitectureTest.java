package org.jettyphp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports point down the way of a request. Read as text, so that a misplaced import fails with the file and the rule it breaks. */
class ArchitectureTest {

    /** The packages in the order in which a request meets them, and what each may import of the others. All may import {@code setting}. */
    private static final String ORDER = """
            launch     servlet config fpm script pool events
            servlet    config metrics fpm script htaccess cache cgi upstream pool fastcgi transport buffer events
            config
            metrics    upstream pool events
            fpm        fastcgi transport buffer events
            script     cgi htaccess
            htaccess
            cache      cgi buffer
            cgi        fastcgi
            upstream   pool fastcgi transport events
            pool       fastcgi transport events
            fastcgi    transport
            transport
            buffer
            events
            setting
            """;

    private static final Map<String, Set<String>> ALLOWED = allowed();
    private static final List<String> PACKAGES = List.copyOf(ALLOWED.keySet());

    private static final Path MAIN = Path.of("src/main/java/org/jettyphp");
    private static final List<Path> ALL = List.of(Path.of("src/main/java"), Path.of("src/test/java"), Path.of("src/example/java"));
    private static final int LONGEST_FILE = 300;

    private static final Pattern NOT_CODE = Pattern.compile(
            "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\])++'|//[^\\n]*|/\\*[\\s\\S]*?\\*/");
    private static final Pattern OURS = Pattern.compile("\\borg\\.jettyphp\\.(\\w+)\\.");
    private static final Pattern CONTAINER = Pattern.compile("\\b(?:jakarta|org\\.eclipse\\.jetty)\\.[\\w.]+");
    private static final Pattern EMPTY_WORD = Pattern.compile("(?:Impl|Manager|Helper|Util|Abstract)s?(?![a-z])");
    private static final Pattern IN_CONTENTS = Pattern.compile("<li>\\{@code (\\w+)}");

    @Test
    void importsPointDownAndAreInTheList() throws IOException {
        Set<String> problems = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        sources(MAIN).forEach((file, text) -> {
            String from = packageOf(file);
            for (String to : imported(from, text)) {
                found.add(from + " -> " + to);
                problem(from, to).ifPresent(reason -> problems.add(file + ": " + reason));
            }
        });
        assertNone(problems);
    }

    @Test
    void everyPackageIsInTheListAndSaysWhatItIsFor() throws IOException {
        Set<String> problems = new TreeSet<>();
        Map<Path, String> sources = sources(MAIN);
        sources.keySet().stream().map(ArchitectureTest::packageOf).distinct().filter(name -> !name.isEmpty()).forEach(name -> {
            if (!PACKAGES.contains(name)) {
                problems.add(name + " is not in the list");
            }
            Path info = MAIN.resolve(name).resolve("package-info.java");
            if (!sources.getOrDefault(info, "").contains("@NullMarked")) {
                problems.add(info + " is missing or not @NullMarked");
            }
        });
        assertNone(problems);
    }

    @Test
    void theContentsPageHasTheOrderOfTheList() throws IOException {
        String contents = Files.readString(MAIN.resolve("package-info.java"));
        List<String> shown = IN_CONTENTS.matcher(contents).results().map(match -> match.group(1)).toList();
        assertEquals(PACKAGES.stream().filter(name -> Files.isDirectory(MAIN.resolve(name))).toList(), shown);
    }

    @Test
    void onlyTheFrontDoorKnowsTheContainer() throws IOException {
        Set<String> problems = new TreeSet<>();
        sources(MAIN).forEach((file, text) -> containerNames(packageOf(file), text).forEach(name -> problems.add(file + ": " + name)));
        assertNone(problems);
    }

    @Test
    void filesAreShortAndNamesSaySomething() throws IOException {
        Set<String> problems = new TreeSet<>();
        for (Path root : ALL) {
            sources(root).forEach((file, text) -> {
                long lines = text.lines().count();
                if (lines > LONGEST_FILE) {
                    problems.add(file + ": " + lines + " lines, at most " + LONGEST_FILE);
                }
                if (saysNothing(file.getFileName().toString())) {
                    problems.add(file + ": a name that says nothing");
                }
            });
        }
        assertNone(problems);
    }

    @Test
    void aMadeUpImportUpwardIsFound() {
        assertEquals(Set.of("servlet"), imported("pool", "package org.jettyphp.pool;\nimport org.jettyphp.servlet.PhpFilter;\n"));
        assertEquals(Set.of("launch"), imported("buffer", "class A { Object b = new org.jettyphp.launch.Main(); }"));
        assertEquals(Set.of("cgi"), imported("buffer", "import static org.jettyphp.cgi.Variables.head;"));
        assertEquals("pool must not import servlet, which is above it", problem("pool", "servlet").orElseThrow());
        assertEquals("script must not import buffer: the list does not say so", problem("script", "buffer").orElseThrow());
        assertEquals("'util' is not in the list", problem("servlet", "util").orElseThrow());
        assertEquals("'util' is not in the list", problem("util", "setting").orElseThrow());
        assertEquals(Optional.empty(), problem("cgi", "setting"));
    }

    @Test
    void textThatIsNoCodeImportsNothing() {
        assertEquals(Set.of(), imported("pool", "/** {@link org.jettyphp.servlet.PhpFilter} */ // org.jettyphp.launch.Main\n"
                + "String a = \"org.jettyphp.servlet.X\"; char b = '\"'; String c = \"\\\"org.jettyphp.launch.X\";"));
    }

    @Test
    void aMadeUpUseOfTheContainerIsFound() {
        String text = "import jakarta.servlet.Filter;\nimport org.eclipse.jetty.fcgi.FCGI;\n";
        assertEquals(Set.of("jakarta.servlet.Filter", "org.eclipse.jetty.fcgi.FCGI"), containerNames("cgi", text));
        assertEquals(Set.of("jakarta.servlet.Filter"), containerNames("fastcgi", text));
        assertEquals(Set.of(), containerNames("servlet", text));
    }

    @Test
    void aMadeUpEmptyNameIsFound() {
        List<String> names =
                List.of("ExchangeImpl.java", "PoolManager.java", "StringUtils.java", "AbstractPool.java", "Utility.java", "Simple.java");
        assertEquals(names.subList(0, 4), names.stream().filter(ArchitectureTest::saysNothing).toList());
    }

    private static Optional<String> problem(String from, String to) {
        for (String name : List.of(from, to)) {
            if (!PACKAGES.contains(name)) {
                return Optional.of("'" + name + "' is not in the list");
            }
        }
        if (PACKAGES.indexOf(to) < PACKAGES.indexOf(from)) {
            return Optional.of(from + " must not import " + to + ", which is above it");
        }
        boolean allowed = to.equals("setting") || ALLOWED.get(from).contains(to);
        return allowed ? Optional.empty() : Optional.of(from + " must not import " + to + ": the list does not say so");
    }

    private static Set<String> imported(String own, String text) {
        String code = NOT_CODE.matcher(text).replaceAll(" ").replaceAll("(?m)^\\s*package .*", "");
        return OURS.matcher(code).results().map(match -> match.group(1)).filter(name -> !name.equals(own)).collect(Collectors.toSet());
    }

    private static Set<String> containerNames(String own, String text) {
        if (own.equals("servlet") || own.equals("launch")) {
            return Set.of();
        }
        return CONTAINER.matcher(NOT_CODE.matcher(text).replaceAll(" ")).results().map(MatchResult::group)
                .filter(name -> !(own.equals("fastcgi") && name.startsWith("org.eclipse.jetty.fcgi."))).collect(Collectors.toSet());
    }

    private static boolean saysNothing(String fileName) {
        return EMPTY_WORD.matcher(fileName).find();
    }

    /** The package below the root's; empty for the root itself. */
    private static String packageOf(Path file) {
        Path below = MAIN.relativize(file);
        return below.getNameCount() == 1 ? "" : below.getName(0).toString();
    }

    private static Map<Path, String> sources(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return Map.of();
        }
        Map<Path, String> sources = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> tree = Files.walk(root)) {
            files = tree.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path file : files) {
            sources.put(file, Files.readString(file));
        }
        return sources;
    }

    private static Map<String, Set<String>> allowed() {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        ORDER.lines().forEach(line -> {
            List<String> words = new ArrayList<>(Arrays.asList(line.trim().split("\\s+")));
            allowed.put(words.remove(0), new LinkedHashSet<>(words));
        });
        return allowed;
    }

    private static void assertNone(Set<String> problems) {
        assertEquals("", String.join("\n", problems));
    }
}
