<?php
require __DIR__ . '/../autoload.php';
use Symfony\Component\HttpFoundation\Request;
$kernel = new App\Kernel('prod', false);
$request = Request::createFromGlobals();
$response = $kernel->handle($request);
$response->send();
$kernel->terminate($request, $response);
