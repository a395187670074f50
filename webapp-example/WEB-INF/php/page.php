<?php
declare(strict_types=1);

/** What every page begins with: addresses, escaping, the frame around the content. */

require __DIR__ . '/url.php';
require __DIR__ . '/html.php';
require __DIR__ . '/layout.php';
