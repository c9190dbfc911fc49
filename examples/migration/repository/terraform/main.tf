resource "google_cloud_run_v2_service" "status" {
  name     = "status"
  location = "europe-west1"
  template {
    containers {
      image = "docker.io/louislam/uptime-kuma:1.23.11"
    }
  }
}
