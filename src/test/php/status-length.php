<?php
// A length, whatever the status.
http_response_code((int) $_GET["code"]);
header("Content-Length: 5");
