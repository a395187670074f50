<?php // What a page for an error is told.
echo implode(' ', ['page', $_SERVER['REDIRECT_STATUS'], $_SERVER['REQUEST_METHOD'], $_SERVER['REQUEST_URI'], $_SERVER['QUERY_STRING']]);
