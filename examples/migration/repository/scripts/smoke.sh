#!/bin/sh
set -eu
docker run --rm --network host curlimages/curl:8.6.0 --fail "http://localhost:8080/health"
