package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file: sections here, directives in their {@link Scope}. What is not understood is a warning, and where it controls access, a refusal. */
final class HtaccessParser {

    /** Known, and without effect here: nothing is lost. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("addlanguage", "defaultlanguage", "languagepriority", "forcelanguagepriority",
            "addicon", "addiconbytype", "addiconbyencoding", "defaulticon", "adddescription", "indexignore", "indexoptions",
            "indexorderdefault", "headername", "readmename", "serversignature", "fileetag", "addoutputfilterbytype", "setoutputfilter",
            "deflatecompressionlevel", "deflatebuffersize", "deflatememlevel", "deflatewindowsize", "deflatefilternote", "checkspelling",
            "checkcaseonly", "directoryslash", "modpagespeed", "cgipassauth",
            "addcharset", "acceptpathinfo", "contentdigest");

    /** Of {@code RequestHeader}: PHP never sees the one, and who mangles the other is no browser any more. */
    private static final String NOTHING_LOST = "(?i)unset\\s+proxy(\\s+early)?|append\\s+accept-encoding\\s.*";

    /** Known, and for a setting to say. */
    private static final Map<String, String> SETTINGS = Map.of("limitrequestbody", "maxRequestBody", "xsendfile", "sendfileRoots",
            "xsendfilepath", "sendfileRoots", "proxyerroroverride", "interceptErrors");

    private final String file;
    private final List<Line> lines;
    private final List<FilesSection> sections = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int next;

    private HtaccessParser(String file, List<Line> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** @param file its name, for warnings */
    static HtaccessFile parse(String file, String text) {
        HtaccessParser parser = new HtaccessParser(file, Line.of(text));
        Scope all = new Scope(true);
        parser.block(null, all);
        return new HtaccessFile(all.made(), List.copyOf(parser.sections), parser.php(all), List.copyOf(parser.warnings));
    }

    private List<PhpValue> php(Scope scope) {
        return scope.php().found().stream()
                .map(found -> new PhpValue(file + ":" + found.line().number(), shown(found.line()), found.name(), found.value())).toList();
    }

    /** @param opened the line that began it; null: the file */
    private void block(@Nullable Line opened, Scope scope) {
        while (next < lines.size()) {
            Line line = lines.get(next++);
            if (line.name().startsWith("</")) {
                if (opened != null && line.key().equals("</" + opened.key().substring(1))) {
                    return;
                }
                warn(line, "closes what is not open");
            } else if (line.name().startsWith("<")) {
                section(line, scope);
            } else {
                directive(line, scope);
            }
        }
        if (opened != null) {
            warn(opened, "is not closed");
            scope.access().close("");
        }
    }

    private void directive(Line line, Scope scope) {
        try {
            boolean known = scope.take(line) || WITHOUT_EFFECT.contains(line.key());
            if (!known && !(line.key().equals("requestheader") && line.rest().matches(NOTHING_LOST))) {
                String instead = instead(line);
                warn(line, instead == null ? "is not understood"
                        : "has no effect here; set " + instead + " instead, for the whole application");
            }
        } catch (NotUnderstoodException why) {
            boolean closes = AccessLines.isAccess(line.key());
            if (closes) {
                scope.access().close(line.key());
            }
            warn(line, why.why() + (closes ? "; access that hangs on it is denied" : ""));
        }
    }

    private static @Nullable String instead(Line line) {
        List<String> words = line.words();
        boolean named = words.size() > 1 && words.get(1).matches("[A-Za-z0-9-]+");
        return switch (line.key()) {
            case "passenv" -> words.isEmpty() ? null : "param." + words.get(0) + "=${env:" + words.get(0) + "}";
            case "requestheader" -> named ? "param.HTTP_" + words.get(1).toUpperCase(Locale.ROOT).replace('-', '_') : null;
            default -> SETTINGS.get(line.key());
        };
    }

    private void section(Line line, Scope scope) {
        try {
            switch (line.key()) {
                case "<ifmodule" -> when(line, scope, Modules::has);
                case "<ifdefine" -> when(line, scope, name -> false);
                case "<ifversion" -> ifVersion(line, scope);
                case "<files", "<filesmatch" -> files(line, scope);
                case "<limit", "<limitexcept" -> limit(line, scope);
                case "<requireall", "<requireany", "<requirenone" -> require(line, scope);
                default -> {
                    Scope lost = new Scope();
                    warn(line, "is not understood; what is in it has no effect" + closes(lost(line, lost), scope));
                }
            }
        } catch (NotUnderstoodException why) {
            warn(line, why.why() + closes(lost(line, new Scope()), scope));
        }
    }

    /** What is in a section that is not understood is read for its access control alone. */
    private boolean lost(Line line, Scope into) {
        int known = warnings.size();
        int begun = sections.size();
        block(line, into);
        boolean access = into.made().access().says() || into.made().rewrite() != null && refuses(into)
                || sections.subList(begun, sections.size()).stream().anyMatch(section -> section.directives().access().says());
        warnings.subList(known, warnings.size()).clear();
        sections.subList(begun, sections.size()).clear();
        return access;
    }

    private static boolean refuses(Scope scope) {
        RewriteRules rewrite = scope.made().rewrite();
        return rewrite != null && rewrite.rules().stream().anyMatch(rule -> rule.flags().refuses());
    }

    private static String closes(boolean access, Scope scope) {
        if (access) {
            scope.access().close("");
        }
        return access ? "; it controls access, which is denied" : "";
    }

    private interface Condition {
        boolean holds(String name);
    }

    private void when(Line line, Scope scope, Condition condition) throws NotUnderstoodException {
        String name = line.word();
        boolean turned = name.startsWith("!");
        block(line, condition.holds(turned ? name.substring(1) : name) != turned, scope);
    }

    private void ifVersion(Line line, Scope scope) throws NotUnderstoodException {
        List<String> words = line.words();
        if (words.isEmpty() || words.size() > 2) {
            throw new NotUnderstoodException("is not an operator and a version");
        }
        boolean named = words.size() == 2;
        block(line, Modules.hasVersion(named ? words.get(0) : "=", words.get(named ? 1 : 0)), scope);
    }

    private void block(Line line, boolean counts, Scope scope) {
        if (counts) {
            block(line, scope);
        } else {
            lost(line, new Scope());
        }
    }

    private void files(Line line, Scope scope) throws NotUnderstoodException {
        List<String> words = line.words();
        Regex pattern;
        try {
            boolean tilde = words.size() == 2 && words.get(0).equals("~");
            if (words.size() != (tilde ? 2 : 1)) {
                throw new NotUnderstoodException("has " + words.size() + " arguments instead of one");
            }
            pattern = tilde || line.key().equals("<filesmatch") ? Regex.of(words.get(tilde ? 1 : 0), false)
                    : FilesSection.wildcard(words.get(0));
        } catch (NotUnderstoodException why) {
            Scope inside = new Scope();
            boolean access = lost(line, inside);
            warn(line, why.why() + closes(access, scope));
            return;
        }
        Scope inside = new Scope(true);
        block(line, inside);
        Directives directives = inside.made();
        if (directives.rewrite() != null) {
            warn(line, "has rewriting in it, which has no effect there" + closes(refuses(inside), inside));
        }
        sections.add(new FilesSection(pattern, inside.made(), php(inside)));
    }

    private void limit(Line line, Scope scope) {
        Scope inside = new Scope();
        block(line, inside);
        scope.access().limit(Set.copyOf(line.words()), line.key().equals("<limitexcept"), inside.access());
    }

    private void require(Line line, Scope scope) {
        Scope inside = new Scope();
        inside.access().begin(line.key());
        block(line, inside);
        scope.access().add(line.key(), inside.access());
    }

    private void warn(Line line, String what) {
        warnings.add(file + ":" + line.number() + ": '" + shown(line) + "' " + what);
    }

    private static String shown(Line line) {
        String text = line.toString();
        return (text.length() > 100 ? text.substring(0, 100) + "..." : text).replaceAll("\\p{Cntrl}", " ");
    }
}
