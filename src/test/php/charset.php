<?php
// 8,191 characters, then two that no byte of ASCII is: in UTF-8 the first of them lies across the 8,192nd byte.
header('Content-Type: text/html; charset=' . $_SERVER['QUERY_STRING']);
echo str_repeat('a', 8191), $_SERVER['QUERY_STRING'] === 'UTF-8' ? "\xC3\xA4\xC3\xB6" : "\xE4\xF6";
