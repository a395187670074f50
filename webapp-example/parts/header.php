<?php
declare(strict_types=1);

// The beginning of a page, for Java to include: /parts/header.php?title=...

require __DIR__ . '/../WEB-INF/php/page.php';

if (requestPath() === '/parts/header.php') {
    // Asked for as a page, and not included into one.
    require __DIR__ . '/../WEB-INF/php/pages/not-found.php';
    exit;
}
$title = $_GET['title'] ?? '';
top(is_string($title) && $title !== '' ? $title : 'Java and PHP');
