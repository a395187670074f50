<?php
declare(strict_types=1);

// The end of a page that parts/header.php began, for Java to include.

require __DIR__ . '/../WEB-INF/php/page.php';

if (requestPath() === '/parts/footer.php') {
    // Asked for as a page, and not included into one.
    require __DIR__ . '/../WEB-INF/php/pages/not-found.php';
    exit;
}
bottom();
