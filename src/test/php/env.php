<?php header('Content-Type: application/json'); echo json_encode(array_map(fn ($v) => is_string($v) ? mb_check($v) : $v, $_SERVER), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
// Bytes that are no UTF-8 are shown as Latin-1.
function mb_check(string $v): string { return preg_match('//u', $v) ? $v : utf8_encode($v); }
