<?php
declare(strict_types=1);

/** The path under which the application appears: '' or '/example'. */
function base(): string
{
    return $_SERVER['CONTEXT_PREFIX'] ?? '';
}

function e(mixed $value): string
{
    return htmlspecialchars((string) $value, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

/** @return array<string, string> URL below the base => label */
function pages(): array
{
    return [
        '/' => 'Home',
        '/variables.php' => 'Variables',
        '/session.php' => 'Session',
        '/upload.php' => 'Upload',
        '/articles' => 'Pretty URLs',
        '/stream.php' => 'Streaming',
        '/java/page' => 'Java and PHP',
    ];
}

function top(string $title): void
{
    $here = substr(strtok($_SERVER['REQUEST_URI'], '?'), strlen(base()));
    ?>
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title><?= e($title) ?> · jetty-php-fpm</title>
  <link rel="icon" href="<?= e(base()) ?>/assets/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="<?= e(base()) ?>/assets/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
  <a class="brand" href="<?= e(base()) ?>/"><img src="<?= e(base()) ?>/assets/icon.svg" alt="" width="28" height="28">jetty-php-fpm</a>
  <nav aria-label="Pages">
<?php foreach (pages() as $url => $label): $current = $url === '/' ? $here === '/' : str_starts_with($here, $url); ?>
    <a href="<?= e(base() . $url) ?>"<?= $current ? ' aria-current="page"' : '' ?>><?= e($label) ?></a>
<?php endforeach ?>
  </nav>
</header>
<main id="main">
<h1><?= e($title) ?></h1>
<?php
}

function bottom(): void
{
    ?>
</main>
<footer>PHP <?= e(PHP_VERSION) ?> through PHP-FPM, served by <?= e($_SERVER['SERVER_SOFTWARE']) ?></footer>
</body>
</html>
<?php
}
