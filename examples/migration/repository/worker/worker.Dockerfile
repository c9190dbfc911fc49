ARG BASE=python:3.12.2-slim

FROM ${BASE} AS dependencies
COPY requirements.txt .
RUN pip install --target /dependencies -r requirements.txt

FROM ${BASE}
COPY --from=dependencies /dependencies /dependencies
COPY --from=ghcr.io/astral-sh/uv:0.1.24 /uv /usr/local/bin/uv
COPY worker.py .
CMD ["python", "worker.py"]
