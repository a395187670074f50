<?php
declare(strict_types=1);
// Included by Java as the end of a page.
require __DIR__ . "/../WEB-INF/php/page.php";
bottom();
