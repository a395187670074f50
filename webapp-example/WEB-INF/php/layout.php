<?php
declare(strict_types=1);

/** @return array<string, array{string, string}> path => label in the menu, what the page shows */
function pages(): array
{
    return [
        '/' => ['Home', 'where you are'],
        '/variables.php' => ['Variables', 'what PHP knows about your request'],
        '/session.php' => ['Session', 'log in, write into a guest book, log out'],
        '/upload.php' => ['Upload', 'send a file and compare its checksum'],
        '/articles' => ['Articles', 'pretty URLs through a front controller'],
        '/stream.php' => ['Streaming', 'what PHP flushes arrives at once'],
        '/java/page' => ['Java', 'a servlet with PHP around it'],
    ];
}

/** The beginning of a page, up to its heading. */
function top(string $title): void
{
    ?>
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title><?= e($title) ?> · jetty-php-fpm</title>
  <link rel="icon" href="<?= e(url('/assets/icon.svg')) ?>" type="image/svg+xml">
  <link rel="stylesheet" href="<?= e(url('/assets/style.css')) ?>">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
  <a class="brand" href="<?= e(url('/')) ?>"><img src="<?= e(url('/assets/icon.svg')) ?>" alt="" width="28" height="28">jetty-php-fpm</a>
  <nav aria-label="Pages">
<?php foreach (pages() as $path => [$label]): ?>
    <a href="<?= e(url($path)) ?>"<?= isCurrent($path) ? ' aria-current="page"' : '' ?>><?= e($label) ?></a>
<?php endforeach ?>
  </nav>
</header>
<main id="main" tabindex="-1">
<h1><?= e($title) ?></h1>
<?php
}

/** The end of a page that top() began. */
function bottom(): void
{
    ?>
</main>
<footer>PHP <?= e(PHP_VERSION) ?> through PHP-FPM, served by <?= e($_SERVER['SERVER_SOFTWARE']) ?></footer>
</body>
</html>
<?php
}

/** Whether the page of the menu is the one that was asked for, or one below it, as an article is below /articles. */
function isCurrent(string $path): bool
{
    return requestPath() === $path || ($path !== '/' && str_starts_with(requestPath(), $path . '/'));
}
