<?php
declare(strict_types=1);
// Included by Java as the beginning of a page; by itself it is only a heading.
require __DIR__ . "/../WEB-INF/php/page.php";
top($_GET["title"] ?? "A part of a page");
