FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DEMARCHE_DATA=/data
WORKDIR /app

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY manage.py ./
COPY config config
COPY timeline timeline
COPY articles articles
COPY templates templates
COPY static static

RUN useradd --system --no-create-home demarche \
    && mkdir /data \
    && SECRET_KEY=build python manage.py collectstatic --no-input \
    && chown -R demarche /data
USER demarche

EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--no-control-socket", "--worker-tmp-dir=/dev/shm", "config.wsgi"]
