FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /earshot

COPY requirements.lock .
RUN pip install --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE shopify.app.toml ./
COPY app app
COPY piccolo_migrations piccolo_migrations
COPY sandbox sandbox
COPY storefront_widget/extension storefront_widget/extension
RUN pip install --no-deps --no-build-isolation . && useradd --system earshot

USER earshot
ENTRYPOINT ["earshot"]
CMD ["--help"]
