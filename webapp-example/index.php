<?php
declare(strict_types=1);

// The front controller: the fallback sends every URL here that is no file.

require __DIR__ . '/WEB-INF/php/page.php';

$path = requestPath();
$slug = str_starts_with($path, '/articles/') ? substr($path, strlen('/articles/')) : '';
$article = (require __DIR__ . '/WEB-INF/php/articles.php')[$slug] ?? null;

require __DIR__ . '/WEB-INF/php/pages/' . match (true) {
    $path === '/', $path === '/index.php' => 'home.php',
    $path === '/articles', $path === '/articles/' => 'articles.php',
    $article !== null => 'article.php',
    default => 'not-found.php',
};
