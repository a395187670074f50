package org.jettyphp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents refer to is there: files of this repository, and headings in them. */
class DocumentLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

    private static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>(List.of(Path.of("README.md")));
        for (String directory : new String[] {"src/site/markdown", "src/bench", "jetty-base"}) {
            try (Stream<Path> files = Files.walk(Path.of(directory))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(all::add);
            }
        }
        return all;
    }

    /** As the places where the repository is shown make them. */
    private static Set<String> anchors(Path document) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String line : CODE.matcher(Files.readString(document)).replaceAll(code -> code.group().startsWith("```") ? ""
                : Matcher.quoteReplacement(code.group())).split("\n")) {
            if (line.startsWith("#")) {
                anchors.add(
                        line.replaceFirst("#+\\s*", "").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}\\s_-]", "").replace(' ', '-'));
            }
        }
        return anchors;
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> nowhere = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher matcher = LINK.matcher(CODE.matcher(Files.readString(document)).replaceAll(""));
            while (matcher.find()) {
                String link = matcher.group(1);
                if (!link.contains(":")) {
                    links++;
                    int hash = link.indexOf('#');
                    String name = hash < 0 ? link : link.substring(0, hash);
                    Path target = name.isEmpty() ? document : document.resolveSibling(name).normalize();
                    boolean there = Files.exists(target) && (hash < 0 || !target.toString().endsWith(".md")
                            || anchors(target).contains(link.substring(hash + 1)));
                    if (!there) {
                        nowhere.add(document + ": " + link);
                    }
                }
            }
        }
        assertEquals(List.of(), nowhere);
        assertTrue(links > 100, links + " links were found");
    }
}
