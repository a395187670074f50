<?php
// Debian's packages, each of which loads what it depends on, and the application's own classes.
foreach (['Symfony/Bundle/FrameworkBundle', 'Symfony/Bundle/TwigBundle', 'Symfony/Component/Form', 'Symfony/Component/Console'] as $package) {
    require_once '/usr/share/php/' . $package . '/autoload.php';
}
spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'App\\')) {
        require __DIR__ . '/src/' . strtr(substr($class, 4), '\\', '/') . '.php';
    }
});
