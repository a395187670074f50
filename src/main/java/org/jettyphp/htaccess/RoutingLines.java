package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what says where URLs lead. */
final class RoutingLines implements Lines {

    private @Nullable List<String> index;
    private @Nullable String fallback;
    private @Nullable Boolean lists;
    private final Map<Integer, String> errorDocuments = new HashMap<>();
    private final List<RedirectRule> redirects = new ArrayList<>();

    @Override
    public boolean take(Line line) throws NotUnderstoodException {
        switch (line.key()) {
            case "directoryindex" -> addIndex(line.words());
            case "fallbackresource" -> fallback = fallback(line.word());
            case "options" -> options(line.words());
            case "errordocument" -> errorDocument(line.words());
            case "redirect", "redirectmatch", "redirectpermanent", "redirecttemp" ->
                redirects.add(RedirectRule.of(line.key(), line.words()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void addIndex(List<String> names) {
        List<String> all = new ArrayList<>(index == null ? List.of() : index);
        if (names.size() == 1 && names.get(0).equalsIgnoreCase("disabled")) {
            all.clear();
        } else {
            all.addAll(names);
        }
        index = List.copyOf(all);
    }

    private static String fallback(String path) throws NotUnderstoodException {
        if (path.equalsIgnoreCase("disabled")) {
            return "";
        }
        if (!path.startsWith("/")) {
            throw new NotUnderstoodException("leads to a path that does not begin with a slash");
        }
        return path;
    }

    private void options(List<String> words) throws NotUnderstoodException {
        boolean exactly = words.stream().noneMatch(word -> word.startsWith("+") || word.startsWith("-"));
        if (exactly) {
            lists = false;
        }
        String without = null;
        for (String word : words) {
            boolean sign = word.startsWith("+") || word.startsWith("-");
            switch ((sign ? word.substring(1) : word).toLowerCase(Locale.ROOT)) {
                case "indexes", "all" -> lists = !word.startsWith("-");
                case "none", "followsymlinks", "symlinksifownermatch", "execcgi" -> {
                    // Links: allowedRoots. Programs: what is for one is refused by its handler.
                }
                case "multiviews" -> without = word.startsWith("-") ? without
                        : "has no effect as to MultiViews: tryFiles=$uri $uri/ $uri.php $uri.html =404 is the setting for it";
                case "includes", "includesnoexec" -> without = word.startsWith("-") ? without
                        : "has no effect as to Includes: there are no server-side includes here";
                default -> throw new NotUnderstoodException("has the option " + word);
            }
        }
        if (without != null) {
            throw new NotUnderstoodException(without);
        }
    }

    private void errorDocument(List<String> words) throws NotUnderstoodException {
        if (words.size() != 2 || !words.get(0).matches("[45]\\d\\d")) {
            throw new NotUnderstoodException("is not a status from 400 on and a path, a URL or a text in quotes");
        }
        errorDocuments.put(Integer.valueOf(words.get(0)), words.get(1).equalsIgnoreCase("default") ? "" : words.get(1));
    }

    Routing made() {
        return new Routing(index, fallback, lists, Map.copyOf(errorDocuments), List.copyOf(redirects));
    }
}
