package org.jettyphp.script;

import java.nio.file.Path;

/** Real files below a document root. Those that may be used, and that no link leads to, are remembered while they are the same. Any thread. */
final class RealFiles {

    private record InRoot(Path root, RealFile file) {}

    private final ServingPolicy policy;
    private final PathMemory<InRoot> memory = new PathMemory<>(System::nanoTime);

    RealFiles(ServingPolicy policy) {
        this.policy = policy;
    }

    /** As {@link RealFile#of}. */
    RealFile at(Path root, Path file) {
        InRoot known = memory.of(file, path -> look(root, path));
        return known.root().equals(root) ? known.file() : look(root, file).value().file();
    }

    private PathMemory.Answer<InRoot> look(Path root, Path file) {
        RealFile real = RealFile.of(root, file, policy);
        return new PathMemory.Answer<>(new InRoot(root, real), real.refusal() == null && real.path().equals(file));
    }
}
